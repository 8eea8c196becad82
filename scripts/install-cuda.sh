#!/usr/bin/env bash
# The CUDA provider for the onnx engine's device "cuda", at the version of the runtime that npm installed. Linux, x86-64.
#   scripts/install-cuda.sh            CUDA 13: from the pip wheel onnxruntime-gpu (needs python3 with pip)
#   scripts/install-cuda.sh --cuda12   CUDA 12: by the npm package's own installer
#   scripts/install-cuda.sh --check    only says what is missing
#   scripts/install-cuda.sh --wheel F  from a wheel that was downloaded elsewhere
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  echo "install-cuda: $1" >&2
  exit 1
}

package=node_modules/onnxruntime-node
[ -d "$package" ] || fail "$package is missing: run npm ci first."
[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || fail "the CUDA provider is published for Linux on x86-64, and this is $(uname -s) on $(uname -m)."
version=$(node -p "require('./$package/package.json').version")
libraries=$package/bin/napi-v6/linux/x64
provider=$libraries/libonnxruntime_providers_cuda.so

mode=cuda13 wheel=
case "${1:-}" in
  '') ;;
  --cuda12) mode=cuda12 ;;
  --check) mode=check ;;
  --wheel) wheel=${2:-} && [ -f "$wheel" ] || fail "--wheel takes the path of a wheel, and \"$wheel\" is no file." ;;
  *) fail "unknown option $1. Known: --cuda12, --check, --wheel FILE." ;;
esac

# What is laid down replaces a file, never writes into it: npm may share one file between installations.
folder=
from_wheel() {
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  if [ -z "$wheel" ]; then
    echo "Downloading onnxruntime-gpu $version, about 200 MB ..."
    # The libraries do not depend on Python's version, but the wheel's name does.
    local found=
    for python in 3.12 3.13 3.11 3.14; do
      if python3 -m pip download --quiet --no-deps --only-binary=:all: --python-version "$python" \
        --implementation cp --platform manylinux_2_28_x86_64 --platform manylinux_2_27_x86_64 \
        --dest "$folder" "onnxruntime-gpu==$version" 2> "$folder/log"; then
        found=yes
        break
      fi
    done
    [ -n "$found" ] || fail "pip could not download onnxruntime-gpu $version: $(tail -n 1 "$folder/log")"
    wheel=$(echo "$folder"/*.whl)
  fi
  python3 - "$wheel" "$libraries" <<'PY'
import os, shutil, sys, zipfile

wheel, target = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for name in ('libonnxruntime_providers_shared.so', 'libonnxruntime_providers_cuda.so'):
        part = os.path.join(target, f'{name}.part')
        with archive.open(f'onnxruntime/capi/{name}') as source, open(part, 'wb') as copy:
            shutil.copyfileobj(source, copy)
        os.replace(part, os.path.join(target, name))
PY
}

case $mode in
  cuda13) from_wheel ;;
  cuda12) (cd "$package" && node script/install.js --onnxruntime-node-install=cuda12) ;;
esac

[ -f "$provider" ] || fail "$provider is missing. Run this script without --check."

# Libraries that the loader does not find, with where each comes from.
missing=$(ldd "$provider" 2> /dev/null | awk '/not found/ { print $1 }' | sort -u)
for library in $missing; do
  case $library in
    libcudart.so.*) from='the CUDA toolkit (package cuda-cudart)' ;;
    libcublas.so.* | libcublasLt.so.*) from='the CUDA toolkit (package libcublas)' ;;
    libcurand.so.*) from='the CUDA toolkit (package libcurand)' ;;
    libcufft.so.*) from='the CUDA toolkit (package libcufft)' ;;
    libnvrtc.so.*) from='the CUDA toolkit (package cuda-nvrtc)' ;;
    libcudnn*.so.*) from='cuDNN 9 (package libcudnn9)' ;;
    libonnxruntime_providers_shared.so | libcuda.so.1) continue ;;
    *) from='unknown to this script' ;;
  esac
  echo "missing: $library, from $from; where it is installed, add its folder to LD_LIBRARY_PATH."
done
folders=${LD_LIBRARY_PATH:-}
if ! { ldconfig -p; ls ${folders//:/ }; } 2> /dev/null | grep -q 'libcudnn\.so'; then
  echo 'missing: libcudnn.so.9, from cuDNN 9 (package libcudnn9): convolutions load it when they first run.'
fi
if ! ldconfig -p 2> /dev/null | grep -q libcuda.so.1; then
  echo 'missing: libcuda.so.1, from the NVIDIA driver (CUDA 13 needs driver 580 or newer).'
fi

[ -d dist ] || npm run --silent build
# The proof: a session that computes.
if node --input-type=module - <<'JS'
import { createEngine } from './dist/engines/index.js';
try {
  await createEngine('onnx', 'cuda');
} catch (error) {
  console.error(`install-cuda: ${error.message}`);
  process.exitCode = 1;
}
JS
then echo "The device \"cuda\" works: onnxruntime $version."
else exit 1
fi
