# What `python -c` is given. Its arguments say which modules of the worker stand at the beginning of the standard input: NAME:SIZE, ...
# Parses and runs on any Python, so that one that is too old can say so.
import os
import sys

if sys.version_info < (3, 8):
    sys.exit("Python 3.8 or newer is needed, and %s is Python %s" % (sys.executable, sys.version.split()[0]))

from importlib.machinery import ModuleSpec, PathFinder  # noqa: E402


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
library = os.path.dirname(getattr(os, "__file__", "") or "-")
archive = os.path.join(os.path.dirname(library), os.path.basename(library).replace(".", "") + ".zip")


class Standard(object):
    """Lets the standard library and the worker find the standard library: a file in the current directory that is named inspect.py or
    json.py is for who means it, and for nobody else. Everybody else's imports are looked for as ever."""

    folders = list(filter((library, archive, os.path.join(library, "lib-dynload")).__contains__, sys.path))

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return PathFinder.find_spec(name, cls.folders) if path is None and cls.asks(sys._getframe(1)) else None

    @classmethod
    def asks(cls, frame):
        while frame is not None and (frame.f_globals.get("__name__") or "").startswith(("importlib", "_frozen_importlib")):
            frame = frame.f_back
        if frame is None:
            return False
        code = frame.f_code
        if frame.f_globals.get("__loader__") is Carried:
            # There it is for the user that something is imported.
            return code.co_name not in ("load", "package_module")
        own = code.co_filename.startswith(library + os.sep) and "-packages" + os.sep not in code.co_filename
        return own or code.co_filename.startswith("<frozen ")


sys.meta_path.insert(1, Standard)
import turbulence_worker  # noqa: E402

turbulence_worker.main()
