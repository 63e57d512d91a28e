#!/bin/sh
# Ten thousand comparisons of two phases of a service that nothing was done to, and what is found where something was: the tables of docs/load.md, "The comparison".
#     benchmarks/comparison.sh
# It takes a minute; there is no clock in it, so that any machine finds the same.
set -eu
cd "$(dirname "$0")/.."
dotnet build tests/Turbulence.Load.Tests -c Release -v q -nologo
COMPARISON_STRIDE=1 artifacts/bin/Turbulence.Load.Tests/release/Turbulence.Load.Tests -class '*FalseAlarmTests' -showLiveOutput -noColor | sed -n 's/.*\[OUTPUT\] //p'
