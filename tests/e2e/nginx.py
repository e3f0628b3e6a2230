#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""packaging/nginx/quipu.conf as it stands, with its name, ports and folders replaced, before a quipu-searchd of its own:
TLS, HTTP/2, the cache and its tags. Usage: nginx.py ROOT INDEXER SEARCHD

Without nginx, curl with HTTP/2 or openssl it ends with 77, which ctest shows as skipped.
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
from proxied import NAME, Site, curl_speaks_http2, free_port, replaced, run, wait_for  # noqa: E402 pylint: disable=wrong-import-position
from served import served_llamas  # noqa: E402 pylint: disable=wrong-import-position


def start_nginx(root, folder, upstream):
    port = free_port()
    site = (root / "packaging/nginx/quipu.conf").read_text(encoding="utf-8")
    site = replaced(site, (("server 127.0.0.1:7700;", f"server 127.0.0.1:{upstream};"),
                           ("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl http2;"),
                           ("    listen [::]:443 ssl http2;\n", ""),
                           (f"/etc/letsencrypt/live/{NAME}/fullchain.pem", f"{folder}/chain.pem"),
                           (f"/etc/letsencrypt/live/{NAME}/privkey.pem", f"{folder}/key.pem"),
                           ("/var/cache/nginx/quipu", f"{folder}/cache")), "packaging/nginx/quipu.conf")
    (folder / "site.conf").write_text(site, encoding="utf-8")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in
                        ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;\n"
        f"events {{}}\nhttp {{ access_log off; {temporary} include {folder}/site.conf; }}\n", encoding="utf-8")
    # pylint: disable-next=consider-using-with
    process = subprocess.Popen([shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin"), "-p", str(folder),
                                "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
    wait_for(port, folder / "error.log")
    return process, port


def check(site):
    """The reasons why it is not as it should be."""
    expect = site.expect
    target = "/indexes/papers/search?q=llamas"
    version, status, first = site.get(target)
    expect("version", version, "HTTP/2")
    expect("status", status, 200)
    expect("first", first.get("x-cache"), "miss")
    expect("hits", json.loads(site.body())["estimatedTotalHits"], 1)
    expect("again", site.get(target)[2].get("x-cache"), "hit")
    expect("with the tag", site.get(target, "If-None-Match: " + first["etag"].replace("w/", "W/"))[1], 304)
    expect("of another origin", site.get(target, "Origin: https://other.example")[2].get("x-cache"), "miss")
    expect("packed", site.get("/style.css", "Accept-Encoding: gzip")[2].get("content-encoding"), "gzip")
    expect("description", site.get("/opensearch.xml?index=papers")[1], 200)
    if f"https://{NAME}" not in site.body():
        site.faults.append("the OpenSearch description does not name the site by https")
    expect("metrics", site.get("/metrics")[1], 404)
    time.sleep(5.5)  # s-maxage is over: nginx asks with the tag, and is told that nothing changed
    last = site.get(target)[2].get("x-cache")
    if last not in ("stale", "revalidated", "updating"):
        site.faults.append(f"after its time: {last}")
    return site.faults


def main():
    root, indexer, searchd = (Path(word).resolve() for word in sys.argv[1:4])
    paths = os.environ["PATH"] + ":/usr/sbin"
    if shutil.which("nginx", path=paths) is None:
        print("nginx is not installed: apt install nginx-light")
        return 77
    if shutil.which("openssl") is None or not curl_speaks_http2():
        print("there is no openssl, or no curl that speaks HTTP/2")
        return 77
    with served_llamas(str(indexer), str(searchd)) as (folder, upstream):
        # Workers of an nginx that root starts are another user.
        folder.chmod(0o755)
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
            "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", "key.pem", "-out", "chain.pem",
            folder=folder)
        proxy, port = start_nginx(root, folder, upstream)
        try:
            faults = check(Site(folder, port, "chain.pem"))
        finally:
            proxy.send_signal(signal.SIGQUIT)
            proxy.wait(timeout=20)
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
