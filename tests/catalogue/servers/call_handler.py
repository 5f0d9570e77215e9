"""Calls a package's handler once as the runner does, but with this machine's network: servers of the tests are local.

Arguments: the package's folder, its dependencies' folder or an empty text, and a file of inputs as JSON.
The last line on stdout is a JSON document with the outputs or the error.
"""

import json
import os
import shutil
import sys
import tempfile

package, dependencies, inputs_file = sys.argv[1:]
work = os.path.join(tempfile.mkdtemp(), "action")
shutil.copytree(package, work)
os.chdir(work)
sys.path.insert(0, work)
if dependencies:
    import site

    site.addsitedir(dependencies)
with open(inputs_file, encoding="utf-8") as file:
    inputs = json.load(file)
import ryax_handler

try:
    outputs = ryax_handler.handle(inputs)
    paths = {
        name: os.path.abspath(value)
        for name, value in outputs.items()
        if isinstance(value, str) and os.path.exists(value)
    }
    answer = {"outputs": outputs, "paths": paths}
except BaseException as error:
    answer = {"error": f"{type(error).__name__}: {error}"}
sys.stdout.write("\n" + json.dumps(answer) + "\n")
