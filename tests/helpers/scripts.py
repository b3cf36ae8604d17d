"""Runs scripts one after the other in this process, as `python3 SCRIPT ARGUMENT ...` would, so that PyTorch is loaded once: that takes longer than most of them.

Standard input: a line of JSON for each, [script, argument, ...]. Standard output: a line of JSON for each, {status, stdout, stderr}.
"""

import contextlib
import io
import json
import runpy
import sys
import traceback


def run(argv):
    stdout, stderr = io.StringIO(), io.StringIO()
    status = 0
    sys.argv = argv
    with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
        try:
            runpy.run_path(argv[0], run_name="__main__")
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
            if isinstance(end.code, str):
                print(end.code, file=sys.stderr)
        except BaseException:
            traceback.print_exc()
            status = 1
    return {"status": status, "stdout": stdout.getvalue(), "stderr": stderr.getvalue()}


for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
