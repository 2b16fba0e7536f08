"""Run in the environment of other readers: prints as JSON what they find wrong with the site in a folder, and what they read.

It takes the folder of the site and the schema of Atom.
"""

import json
import os
import sys

import rnc2rng
from frictionless import Package, validate
from lxml import etree

site, schema = map(os.path.abspath, sys.argv[1:])
os.chdir(f"{site}/data")
report = validate("datapackage.json")
tables = (
    {
        resource.name: [row.to_dict(json=True) for row in resource.read_rows()]
        for resource in Package("datapackage.json").resources
    }
    if report.valid
    else {}
)
# The prefix of no namespace, which the compact form may declare and XML may not.
atom = etree.RelaxNG(etree.fromstring(rnc2rng.dumps(rnc2rng.load(schema)).replace(' xmlns:local=""', "").encode()))
atom.validate(etree.parse(f"{site}/feed.xml"))
found = {"package": report.flatten(["name", "type", "message"]), "feed": [str(error) for error in atom.error_log]}
print(json.dumps({**found, "tables": tables}))
