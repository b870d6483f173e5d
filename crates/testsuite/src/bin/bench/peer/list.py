# Lists with PyPI's itglue, once for each line on standard input after the first.
# The first line says where: {base, key, organization}. Each answer is {ms, rows}.
import json
import sys
import time
from urllib.parse import urlsplit

import itglue
import requests

where = json.loads(sys.stdin.readline())
itglue.connection.set_credentials(api_key=where["key"], api_url=where["base"])
path = "/organizations/{}/relationships/passwords".format(where["organization"])

# The package follows the links in an answer wherever they point; those of the stand-in account point
# nowhere, on purpose, so their path and query are asked of the stand-in account itself.
plain_get = requests.get


def get(url, **more):
    parts = urlsplit(url)
    query = "?" + parts.query if parts.query else ""
    return plain_get(where["base"] + parts.path + query, **more)


requests.get = get

# Given as the package wants it: a nested name becomes `page[size]`.
params = {"page[number]": 1, "page[size]": 1000, "sort": "name"}

for _ in sys.stdin:
    began = time.perf_counter()
    rows = itglue.connection.get(path, params=params)
    ms = (time.perf_counter() - began) * 1000
    print(json.dumps({"ms": ms, "rows": len(rows)}), flush=True)
