#!/bin/sh
# macOS: a double click opens the studio. The first time: hold ctrl, click, choose Open.
cd "$(dirname "$0")" || exit 1
echo "leafcast is starting. The first time it sets itself up, which takes some minutes."
echo "Leave this window open while you work; close it when you are done."
./run studio "$@"
code=$?
if [ "$code" -ne 0 ] && [ "$code" -ne 130 ]; then
    echo
    echo "leafcast could not start; what it said stands above. Press return to close this window."
    read -r _
fi
exit "$code"
