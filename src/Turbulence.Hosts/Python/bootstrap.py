# What `python -c` is given. Its arguments are the sizes of the two sources that stand at the beginning of the standard input.
# Runs on any Python, so that one that is too old can say so.
import os
import sys

if sys.version_info < (3, 8):
    sys.exit("Python 3.8 or newer is needed, and %s is Python %s" % (sys.executable, sys.version.split()[0]))


class Sources(object):
    """Loads the worker's modules from memory, and shows their lines in tracebacks."""

    texts = {}

    @classmethod
    def read(cls, name, size):
        text = b""
        while len(text) < size:
            piece = os.read(0, size - len(text))
            if not piece:
                sys.exit("the input ended within the worker's source")
            text += piece
        cls.texts[name] = text

    @classmethod
    def get_source(cls, name):
        return cls.texts[name].decode("utf-8")

    @classmethod
    def load(cls, name):
        module = type(sys)(name)
        module.__file__ = name + ".py"
        module.__loader__ = cls
        sys.modules[name] = module
        exec(compile(cls.texts[name], module.__file__, "exec"), module.__dict__)
        return module


Sources.read("turbulence_worker", int(sys.argv[1]))
Sources.read("turbulence_standins", int(sys.argv[2]))
del sys.argv[1:]
# A json.py in the current directory must not be taken for the standard library's.
current = sys.path[:1] == [""] and sys.path.pop(0)
worker = Sources.load("turbulence_worker")
if current == "":
    sys.path.insert(0, current)
worker.main()
