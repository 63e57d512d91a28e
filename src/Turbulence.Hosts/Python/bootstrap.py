# What `python -c` is given. Its arguments say which modules of the worker stand at the beginning of the standard input: NAME:SIZE, ...
# Parses and runs on any Python, so that one that is too old can say so.
import os
import sys

if sys.version_info < (3, 8):
    sys.exit("Python 3.8 or newer is needed, and %s is Python %s" % (sys.executable, sys.version.split()[0]))

from importlib.machinery import ModuleSpec  # noqa: E402


class Carried(object):
    """Imports the worker's modules from memory, before any other of their names, and shows their lines in tracebacks."""

    sources = {}

    @classmethod
    def read(cls, name, size):
        source = b""
        while len(source) < size:
            piece = os.read(0, size - len(source))
            if not piece:
                sys.exit("the input ended within the worker's source")
            source += piece
        cls.sources[name] = source

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return ModuleSpec(name, cls, origin=name + ".py") if name in cls.sources else None

    @classmethod
    def create_module(cls, spec):
        return None

    @classmethod
    def exec_module(cls, module):
        name = module.__name__
        exec(compile(cls.sources[name], name + ".py", "exec"), module.__dict__)

    @classmethod
    def get_source(cls, name):
        return cls.sources[name].decode("utf-8")


for argument in sys.argv[1:]:
    name, _, size = argument.partition(":")
    Carried.read(name, int(size))
del sys.argv[1:]
sys.meta_path.insert(0, Carried)
# A json.py in the current directory must not be taken for the standard library's.
current = sys.path.pop(0) if sys.path[:1] == [""] else None
import turbulence_worker  # noqa: E402

if current is not None:
    sys.path.insert(0, current)
turbulence_worker.main()
