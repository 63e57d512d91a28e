"""The measurements of engine.sh that need experiments: engine.py CHAOS URL RUNS [REFERENCE], in a folder of its own."""
import json
import os
import statistics
import sys
from collections import namedtuple

CHAOS, URL, RUNS = sys.argv[1], sys.argv[2], int(sys.argv[3])
REFERENCE = sys.argv[4] if len(sys.argv) > 4 else None
Cost = namedtuple("Cost", "seconds peak written journal")


def provider(kind, number):
    if kind == "python":
        return {"type": "python", "module": "os.path", "func": "exists", "arguments": {"path": "."}}
    if kind == "process":
        return {"type": "process", "path": "true", "arguments": ["--number", str(number)]}
    return {"type": "http", "url": "%s?%d" % (URL, number), "timeout": 3}


def probe(kind, number):
    return {"type": "probe", "name": "probe %d" % number, "provider": provider(kind, number)}


def experiment(name, kind, count, is_one_open=False):
    """An action in the background that goes on until the last activity of the method lets it end."""
    method = [probe(kind, number) for number in range(count)]
    if is_one_open:
        waits = "while [ -e open ]; do sleep 0.05; done"
        method.insert(0, {"type": "action", "name": "open", "background": True,
                          "provider": {"type": "process", "path": "sh", "arguments": ["-c", waits]}})
        method.append({"type": "action", "name": "close", "provider": {"type": "process", "path": "rm", "arguments": ["open"]}})
    with open(name, "w") as file:
        json.dump({"title": "t", "description": "d", "method": method, "rollbacks": []}, file)
    return name


def run(command, name):
    """Whole processes, start and all that they waited for included."""
    if "open" in name:
        open("open", "w").close()
    pid = os.fork()
    if pid == 0:
        lines = os.open("lines", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(lines, 1)
        os.dup2(lines, 2)
        os.execv(command[0], command + ["run", name])
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    with open("/proc/%d/io" % pid) as file:
        written = int(dict(line.split(": ") for line in file.read().splitlines())["wchar"])
    _, status, usage = os.wait4(pid, 0)
    if os.WEXITSTATUS(status) != 0:
        sys.exit("%s run %s does not pass:\n%s" % (command[0], name, open("lines").read()[-2000:]))
    journal = os.path.getsize("journal.json")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, written - os.path.getsize("lines"), journal)


def median(costs, what):
    return statistics.median(getattr(cost, what) for cost in costs)


OURS = [CHAOS, "--no-log-file"]
THEIRS = [REFERENCE, "--no-version-check", "--log-file", "chaostoolkit.log"] if REFERENCE else None


def beside_the_reference():
    cases = [("1,000 python probes", experiment("python.json", "python", 1000), 0.5),
             ("300 process probes", experiment("process.json", "process", 300), 0.45),
             ("1,000 http probes", experiment("http.json", "http", 1000), 0.15)]
    ours, theirs = {name: [] for _, name, _ in cases}, {name: [] for _, name, _ in cases}
    for _, name, _ in cases:
        run(OURS, name)
    for _ in range(RUNS):
        for _, name, _ in cases:
            ours[name].append(run(OURS, name))
            if THEIRS:
                theirs[name].append(run(THEIRS, name))
    print("| processor time of a whole run | chaos s | reference s | ratio | goal | peak MiB, reference's |")
    print("|---|---|---|---|---|---|")
    for what, name, goal in cases:
        here = median(ours[name], "seconds")
        there = median(theirs[name], "seconds") if THEIRS else None
        print("| %s | %.3f | %s | %s | %.2f | %.1f, %s |" % (
            what, here, "%.3f" % there if there else "", "%.2f" % (here / there) if there else "", goal,
            median(ours[name], "peak"), "%.1f" % median(theirs[name], "peak") if there else ""))


def as_it_grows():
    # Programs that write nothing, so that all that is written is ours.
    cases = [(count, is_open, experiment("%s-%d.json" % ("open" if is_open else "plain", count), "process", count, is_open))
             for count in (1000, 5000, 20000) for is_open in (False, True)]
    costs = {name: [] for _, _, name in cases}
    for _ in range(max(1, RUNS // 2)):
        for _, _, name in cases:
            costs[name].append(run(OURS, name))
    print("\n| process probes | one activity open beside them | processor time | each | written for the journal, times its size | goal |")
    print("|---|---|---|---|---|---|")
    for count, is_open, name in cases:
        seconds = median(costs[name], "seconds")
        share = median(costs[name], "written") / median(costs[name], "journal")
        print("| %s | %s | %.2f s | %.0f µs | %.1f | 4 |" % (format(count, ","), "yes" if is_open else "no", seconds, seconds / count * 1e6, share))


def memory():
    kinds = ("http", "process", "python")
    print("\n| probes in the method | %s | goal |" % " | ".join("%s, document MB and peak MiB" % kind for kind in kinds))
    print("|---|---|---|---|---|")
    least = dict.fromkeys(kinds)
    for count, goal in ((1, ""), (1000, "32"), (10000, "6 more")):
        columns = []
        for kind in kinds:
            name = experiment("memory-%s-%d.json" % (kind, count), kind, count)
            peak = median([run(OURS, name) for _ in range(RUNS)], "peak")
            more = ", %.1f more" % (peak - least[kind]) if count == 10000 else ""
            columns.append("%.2f, %.1f%s" % (os.path.getsize(name) / 1e6, peak, more))
            least[kind] = peak
        print("| %s | %s | %s |" % (format(count, ","), " | ".join(columns), goal))


def ten_thousand():
    with open("ten-thousand.json", "w") as file:
        json.dump({"title": "t", "description": "d", "method": [
            {"type": "action" if i % 2 else "probe", "name": "activity-%d" % i, "pauses": {"after": 0.1},
             "provider": {"type": "process", "path": "true", "arguments": ["--number", str(i), "--title", "a text that is not short"]} if i % 3
             else provider("http", i)} for i in range(10000)]}, file, indent=2)


print()
beside_the_reference()
as_it_grows()
memory()
ten_thousand()
