#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""packaging/caddy/Caddyfile as it stands, but for its port and with a certificate of Caddy's own authority, before a
quipu-searchd: TLS, HTTP/2, tags, what is closed. Usage: caddy.py ROOT INDEXER SEARCHD

Without caddy or curl with HTTP/2 it ends with 77, which ctest shows as skipped.
"""
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
from proxied import NAME, Site, curl_speaks_http2, free_port, replaced, wait_for  # noqa: E402 pylint: disable=wrong-import-position
from served import served_llamas  # noqa: E402 pylint: disable=wrong-import-position


def start_caddy(root, folder, upstream):
    port = free_port()
    site = replaced((root / "packaging/caddy/Caddyfile").read_text(encoding="utf-8"),
                    ((f"{NAME} {{\n", f"https://{NAME}:{port} {{\n\ttls internal\n\tbind 127.0.0.1\n"),
                     ("127.0.0.1:7700\n}", f"127.0.0.1:{upstream}\n}}")), "packaging/caddy/Caddyfile")
    settings = f"{{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n\tstorage file_system {folder}/caddy\n}}\n"
    (folder / "Caddyfile").write_text(settings + site, encoding="utf-8")
    with open(folder / "caddy.log", "wb") as log:
        # pylint: disable-next=consider-using-with
        process = subprocess.Popen(["caddy", "run", "--config", "Caddyfile", "--adapter", "caddyfile"], cwd=folder, stderr=log, stdout=log,
                                   env=dict(os.environ, HOME=str(folder), XDG_CONFIG_HOME=str(folder), XDG_DATA_HOME=str(folder)))
    wait_for(port, folder / "caddy.log")
    authority = folder / "caddy/pki/authorities/local/root.crt"
    for _ in range(200):
        if authority.exists() and list((folder / "caddy").glob(f"certificates/*/{NAME}/*.crt")):
            return process, port, authority
        time.sleep(0.05)
    process.kill()
    raise SystemExit("caddy made no certificate: " + (folder / "caddy.log").read_text(encoding="utf-8"))


def check(site):
    """The reasons why it is not as it should be."""
    target = "/indexes/papers/search?q=llamas"
    version, status, first = site.get(target)
    site.expect("version", version, "HTTP/2")
    site.expect("status", status, 200)
    site.expect("hits", json.loads(site.body())["estimatedTotalHits"], 1)
    site.expect("with the tag", site.get(target, "If-None-Match: " + first["etag"].replace("w/", "W/"))[1], 304)
    site.expect("packed", site.get("/style.css", "Accept-Encoding: gzip")[2].get("content-encoding"), "gzip")
    site.expect("metrics", site.get("/metrics")[1], 404)
    site.expect("description", site.get("/opensearch.xml?index=papers")[1], 200)
    if f"https://{NAME}" not in site.body():
        site.faults.append("the OpenSearch description does not name the site by https")
    (site.folder / "large").write_bytes(b'{"q":"' + b"x" * (3 << 20) + b'"}')
    try:
        status = site.get("/indexes/papers/search", "Content-Type: application/json", "Expect:", more=("--data-binary", "@large"))[1]
        site.expect("a body too large", status in (413, 502), True)
    except subprocess.CalledProcessError as cut_off:
        # Caddy may end the stream before curl has read the answer.
        site.expect("how curl ended", cut_off.returncode in (55, 56, 92), True)
    return site.faults


def main():
    root, indexer, searchd = (Path(word).resolve() for word in sys.argv[1:4])
    if shutil.which("caddy") is None or not curl_speaks_http2():
        print("there is no caddy (apt install caddy), or no curl that speaks HTTP/2")
        return 77
    with served_llamas(str(indexer), str(searchd)) as (folder, upstream):
        proxy, port, authority = start_caddy(root, folder, upstream)
        try:
            faults = check(Site(folder, port, str(authority)))
        finally:
            proxy.terminate()
            proxy.wait(timeout=20)
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
