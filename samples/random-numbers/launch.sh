# Sourced by rand-server and require-rand, which set: here (this folder), project, program.
# Finds the built program, builds it when it is missing or older than its sources, and becomes it.
root=$here/../..

find_built() {
  built=
  for folder in "$root/artifacts/bin/$project/release" "$root/artifacts/bin/$project/debug"; do
    if [ -x "$folder/$program" ] && { [ -z "$built" ] || [ "$folder/$program.dll" -nt "$built/$program.dll" ]; }; then
      built=$folder
    fi
  done
}

is_current() {
  [ -n "$built" ] && [ -z "$(find "$here/$project" "$here/ServiceProcess" "$root/Directory.Build.props" "$root/Directory.Packages.props" \
    -type f \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' \) -newer "$built/$program.dll")" ]
}

# No build server may outlive the build: it would hold the caller's pipes.
build() {
  log=$(mktemp) || exit 1
  if ! dotnet build "$here/$project/$project.csproj" -c Release -v quiet -nologo -nodeReuse:false -p:UseSharedCompilation=false \
    </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    exit 1
  fi
  rm -f "$log"
  built=$root/artifacts/bin/$project/release
  touch "$built/$program.dll"
}

find_built
if ! is_current; then
  mkdir -p "$root/artifacts"
  if command -v flock >/dev/null; then
    # Services that are started at the same time share a project: one builds, the others wait.
    exec 9>"$root/artifacts/.random-numbers.lock"
    flock 9
    find_built
  fi
  is_current || build
  exec 9>&-
fi
exec "$built/$program" "$@"
