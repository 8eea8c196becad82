#!/usr/bin/env bash
# Packs what `npm run bench:gpu` needs into one archive of at most 60 MB, for a Linux x86-64 host with a GPU and no network.
#   scripts/pack-gpu.sh [FOLDER]              the archive, into FOLDER [results/pack-gpu]
#   scripts/pack-gpu.sh [FOLDER] --cuda       and the CUDA provider, as install-cuda.sh laid it down, in parts of at most 60 MB
# There: tar xf querybench-gpu.tar.xz && querybench-gpu/run.sh [--devices cpu,webgpu,cuda --replicas 1,8,32,64,128 ...];
# parts of the CUDA provider that lie beside the archive's folder are joined first.
set -euo pipefail
cd "$(dirname "$0")/.."

limit=$((60 * 1000 * 1000))
out=results/pack-gpu cuda=
for word in "$@"; do
  case $word in
    --cuda) cuda=yes ;;
    -*) echo "pack-gpu: unknown option $word. Known: --cuda." >&2; exit 2 ;;
    *) out=$word ;;
  esac
done

fail() {
  echo "pack-gpu: $1" >&2
  exit 1
}
libraries=node_modules/onnxruntime-node/bin/napi-v6/linux/x64
[ -d "$libraries" ] || fail "$libraries is missing: run npm ci on Linux, x86-64."
loader=$(ldconfig -p | awk '/libvulkan\.so\.1 .*x86-64/ { print $NF; exit }')
[ -n "$loader" ] || fail 'libvulkan.so.1 is missing: install libvulkan1.'
npm run --silent build

mkdir -p "$out"
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
root=$stage/querybench-gpu
mkdir -p "$root/lib" "$root/scripts/bench" "$root/node_modules"
install -s -m 755 "$(node -p process.execPath)" "$root/node" 2> /dev/null || cp "$(node -p process.execPath)" "$root/node"
cp -L "$loader" "$root/lib/libvulkan.so.1"
cp package.json LICENSE "$root"
cp scripts/bench/gpu.mjs scripts/bench/torchGpu.py "$root/scripts/bench"
mkdir -p "$root/dist"
for folder in foundation tensor engines models learner datasets; do
  [ ! -d "dist/$folder" ] || cp -r "dist/$folder" "$root/dist"
done
# What those import. A package too few shows when the archive is tried.
for package in onnxruntime-node onnxruntime-common @bufbuild/protobuf pure-rand fastest-levenshtein; do
  mkdir -p "$root/node_modules/$(dirname "$package")"
  cp -r "node_modules/$package" "$root/node_modules/$package"
done
bin=$root/node_modules/onnxruntime-node/bin/napi-v6
find "$bin" -mindepth 1 -maxdepth 1 ! -name linux -exec rm -rf {} +
find "$bin/linux" -mindepth 1 -maxdepth 1 ! -name x64 -exec rm -rf {} +
rm -f "$bin"/linux/x64/libonnxruntime_providers_*
find "$root/node_modules" "$root/dist" -name '*.map' -delete

cat > "$root/run.sh" <<'RUN'
#!/usr/bin/env bash
# Runs the GPU benchmark: see scripts/bench/gpu.mjs for its options. The result is gpu.json in the current folder.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
libraries=$here/node_modules/onnxruntime-node/bin/napi-v6/linux/x64
parts=("$here"/../querybench-cuda.tar.xz.part-*)
if [ -e "${parts[0]}" ] && [ ! -e "$libraries/libonnxruntime_providers_cuda.so" ]; then
  cat "${parts[@]}" | tar xJ -C "$libraries"
fi
export LD_LIBRARY_PATH=$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
if [ -z "${VK_DRIVER_FILES:-}${VK_ICD_FILENAMES:-}" ]; then
  for file in /etc/vulkan/icd.d/nvidia_icd.json /usr/share/vulkan/icd.d/nvidia_icd.json /usr/local/nvidia/share/vulkan/icd.d/nvidia_icd.json; do
    if [ -f "$file" ]; then export VK_DRIVER_FILES=$file; break; fi
  done
fi
exec "$here/node" "$here/scripts/bench/gpu.mjs" --out gpu.json "$@"
RUN
chmod +x "$root/run.sh"

archive=$out/querybench-gpu.tar.xz
tar c -C "$stage" querybench-gpu | xz -T0 -6 > "$archive"
size=$(stat -c %s "$archive")
[ "$size" -le "$limit" ] || fail "$archive has $size bytes, more than $limit."
echo "$archive: $((size / 1000)) kB"

if [ -n "$cuda" ]; then
  [ -f "$libraries/libonnxruntime_providers_cuda.so" ] || fail 'the CUDA provider is not there: run scripts/install-cuda.sh first.'
  rm -f "$out"/querybench-cuda.tar.xz.part-*
  tar c -C "$libraries" libonnxruntime_providers_cuda.so libonnxruntime_providers_shared.so |
    xz -T0 -6 | split -b "$limit" -d - "$out/querybench-cuda.tar.xz.part-"
  ls -l "$out"/querybench-cuda.tar.xz.part-*
fi
