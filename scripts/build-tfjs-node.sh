#!/usr/bin/env bash
# build-tfjs-node.sh [PROJECT [tfjs-node|tfjs-node-gpu [WHEEL]]]
#
# Builds the native addon of @tensorflow/tfjs-node or -node-gpu, installed with --ignore-scripts in PROJECT (default: here),
# against the libtensorflow of a TensorFlow pip wheel. The published addon has TensorFlow 2.9 and CUDA 11.2; with the wheels it
# has 2.18 and CUDA 12, which newer GPUs need. The addon uses only TensorFlow's stable C interface.
#
# WHEEL is tensorflow-cpu==2.18.0, or for tfjs-node-gpu tensorflow==2.18.0 with the CUDA libraries that it names as its
# and-cuda extra. All goes below PROJECT/node_modules/.tensorflow; needs g++ and python3 with pip, on Linux.
set -euo pipefail

fail() {
  printf 'build-tfjs-node: %s\n' "$@" >&2
  exit 1
}

project=${1:-.}
package=${2:-tfjs-node}
case $package in
  tfjs-node) wheel=${3:-tensorflow-cpu==2.18.0} ;;
  tfjs-node-gpu) wheel=${3:-tensorflow==2.18.0} ;;
  *) fail "The package is tfjs-node or tfjs-node-gpu, and not \"$package\"." ;;
esac
[ -d "$project" ] || fail "There is no folder \"$project\". Name the one that has node_modules."
project=$(cd "$project" && pwd)
addon="$project/node_modules/@tensorflow/$package"
tensorflow="$project/node_modules/.tensorflow/$package"

[ "$(uname -s)" = Linux ] || fail "The wheels with the C library are for Linux, and this is $(uname -s)." \
  "Take the published addon: npm install @tensorflow/$package@4.22"
[ -f "$addon/binding/tfjs_binding.cc" ] || fail "@tensorflow/$package is not installed in $project." \
  "First: npm install --no-save --ignore-scripts @tensorflow/$package@4.22"
command -v node > /dev/null || fail 'There is no node on the PATH.'
command -v g++ > /dev/null || fail 'There is no g++. On Debian and Ubuntu: apt-get install g++'
python3 -m pip --version > /dev/null 2>&1 || fail 'There is no python3 with pip, which fetches the wheel.' \
  'On Debian and Ubuntu: apt-get install python3-pip'

# Of Node's headers only those of Node-API are needed: from node itself, from its sources, or from the package of them alone.
headers=
for folder in "${npm_config_nodedir:-}/include/node" "$(dirname "$(readlink -f "$(command -v node)")")/../include/node" \
  "$(dirname "$(command -v node)")/../include/node" /usr/include/node "$HOME/.cache/node-gyp/$(node -p process.versions.node)/include/node" \
  "$project/node_modules/node-api-headers/include"; do
  if [ -f "$folder/node_api.h" ]; then
    headers=$folder
    break
  fi
done
[ -n "$headers" ] || fail "Node's header node_api.h is neither beside node nor in /usr/include/node." \
  "Get it by: (cd $project && npm install --no-save --ignore-scripts node-api-headers)" \
  'or say where Node was unpacked: export npm_config_nodedir=/path/to/node'

# Any Python's wheel will do, for no Python runs it: asked for by name, so that the version of this one does not matter.
fetch() {
  python3 -m pip download --quiet --no-deps --only-binary=:all: --implementation cp --python-version 311 \
    --platform "manylinux2014_$(uname -m)" --dest "$tensorflow/wheels" "$@" ||
    fail "pip could not fetch $*: see above. Versions with these libraries are on PyPI for x86-64 and ARM64."
}
unpack() {
  python3 - "$tensorflow" "$@" << 'PYTHON'
import fnmatch, glob, sys, zipfile
target, *patterns = sys.argv[1:]
for path in glob.glob(target + '/wheels/*.whl'):
    with zipfile.ZipFile(path) as wheel:
        for name in wheel.namelist():
            if any(fnmatch.fnmatch(name, pattern) for pattern in patterns):
                wheel.extract(name, target)
PYTHON
}

if [ "$(cat "$tensorflow/complete" 2> /dev/null)" != "$wheel" ]; then
  rm -rf "$tensorflow"
  mkdir -p "$tensorflow/wheels"
  echo "Fetching $wheel …"
  fetch "$wheel"
  unpack 'tensorflow/libtensorflow*' 'tensorflow/include/*' '*.dist-info/METADATA'
  if [ "$package" = tfjs-node-gpu ]; then
    # libtensorflow looks for them where pip would lay them: in ../nvidia.
    mapfile -t libraries < <(sed -n "s/^Requires-Dist: \(nvidia-[^ ;]*\) *\([^ ;]*\) *;.*and-cuda.*/\1\2/p" "$tensorflow"/*.dist-info/METADATA)
    [ ${#libraries[@]} -gt 0 ] || fail "$wheel names no CUDA libraries. Is it the wheel for GPUs (tensorflow==…)?"
    rm -f "$tensorflow"/wheels/*
    echo "Fetching its ${#libraries[@]} CUDA libraries …"
    fetch "${libraries[@]}"
    unpack 'nvidia/*'
  fi
  [ -f "$tensorflow/tensorflow/libtensorflow_cc.so.2" ] || fail "$wheel has no libtensorflow_cc.so.2." \
    'Wheels from 2.10 on have it: for example tensorflow-cpu==2.18.0.'
  rm -rf "$tensorflow/wheels"
  echo "$wheel" > "$tensorflow/complete"
fi

cd "$addon"
output=$(node -p "require('@mapbox/node-pre-gyp').find(require('node:path').resolve('package.json'))")
mkdir -p "$(dirname "$output")"
echo "Building $output …"
g++ -O2 -std=c++17 -shared -fPIC -DNAPI_VERSION=8 -DNODE_GYP_MODULE_NAME=tfjs_binding \
  -I"$headers" -I"$tensorflow/tensorflow/include" -I.. -I. binding/tfjs_backend.cc binding/tfjs_binding.cc \
  -o "$output" -L"$tensorflow/tensorflow" -l:libtensorflow_cc.so.2 -l:libtensorflow_framework.so.2 \
  -Wl,-rpath,"$tensorflow/tensorflow"

TF_CPP_MIN_LOG_LEVEL=2 node -e "
  const util = require('node:util');
  util.isNullOrUndefined ??= (value) => value === null || value === undefined; // gone in Node 23
  const tf = require('.');
  const [four] = tf.add(2, 2).dataSync();
  if (four !== 4) throw new Error('It computed 2 + 2 = ' + four);
  const { binding, isUsingGpuDevice } = tf.backend();
  console.log('@tensorflow/$package works, on libtensorflow ' + binding.TF_Version + (isUsingGpuDevice ? ' and a GPU' : ''));
  if ('$package' === 'tfjs-node-gpu' && !isUsingGpuDevice) console.log('It sees no GPU on this machine.');
"
