#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""/metrics as Prometheus' own parser reads it. Usage: metrics.py INDEXER SEARCHD

Without python3-prometheus-client it ends with 77, which ctest shows as skipped.
"""
import contextlib
import sys
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
from served import served_llamas  # noqa: E402 pylint: disable=wrong-import-position

try:
    from prometheus_client.parser import text_string_to_metric_families
except ImportError:
    text_string_to_metric_families = None

WANTED = {
    "quipu_http_requests": "counter",
    "quipu_http_request_duration_seconds": "histogram",
    "quipu_queue_length": "gauge",
    "quipu_rejected": "counter",
    "quipu_connections": "gauge",
    "quipu_index_generation": "gauge",
    "quipu_index_documents": "gauge",
    "quipu_index_reloads": "counter",
}


def faults_of(text):
    families = {family.name: family for family in text_string_to_metric_families(text)}
    faults = [f"{name} is missing; there are {', '.join(families)}" for name in WANTED if name not in families]
    for name, kind in WANTED.items():
        if name in families and families[name].type != kind:
            faults.append(f"{name} is a {families[name].type}, not a {kind}")
    faults += [f"{family.name} has no help" for family in families.values() if not family.documentation]
    for family in families.values():
        seen = [(sample.name, tuple(sorted(sample.labels.items()))) for sample in family.samples]
        if len(seen) != len(set(seen)):
            faults.append(f"{family.name} has a line twice")
        if family.type == "histogram":
            faults += histogram_faults(family)
    return faults


def histogram_faults(family):
    """Buckets only grow, and the last one is the count."""
    series = {}
    for sample in family.samples:
        labels = {name: value for name, value in sample.labels.items() if name != "le"}
        series.setdefault(tuple(sorted(labels.items())), []).append(sample)
    faults = []
    for labels, samples in series.items():
        buckets = [sample for sample in samples if sample.name.endswith("_bucket")]
        counts = [sample.value for sample in sorted(buckets, key=lambda one: float(one.labels["le"]))]
        total = [sample.value for sample in samples if sample.name.endswith("_count")]
        if counts != sorted(counts) or total != counts[-1:]:
            faults.append(f"{family.name} {labels}: buckets {counts}, count {total}")
    return faults


def main():
    if text_string_to_metric_families is None:
        print("python3-prometheus-client is not installed")
        return 77
    indexer, searchd = (str(Path(word).resolve()) for word in sys.argv[1:3])
    with served_llamas(indexer, searchd) as (_, port):
        for target in ("/indexes/papers/search?q=llamas", "/indexes/none/search?q=a", "/search?q=%22%5C%0A", "/health"):
            with contextlib.suppress(urllib.error.HTTPError):  # counted as well
                urllib.request.urlopen(f"http://127.0.0.1:{port}{target}", timeout=10).read()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            faults = faults_of(answer.read().decode("utf-8"))
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
