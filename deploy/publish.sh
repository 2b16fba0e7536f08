#!/bin/sh
# Brings the partner edition that was built here to the server that partners read.
#
#   deploy/publish.sh fetch   before the build: brings what the server has to site/, so that the
#                             build goes on from it and no published address is lost
#   deploy/publish.sh send    after the build: brings the release to the server, then moves its link
#
# HANDBOOK_SERVER names the folder on the server, as in deploy@progress.council.example:/srv/handbook/site.
# HANDBOOK_SSH is the command that rsync connects with, where it is not plain ssh.
set -eu
cd "$(dirname "$0")/.."

if [ -z "${HANDBOOK_SERVER:-}" ]; then
    echo "HANDBOOK_SERVER is not set, so there is no server to publish to. Nothing was sent or fetched."
    exit 0
fi
if ! command -v rsync >/dev/null; then
    echo "rsync is needed here. Install it: sudo apt-get install rsync" >&2
    exit 1
fi
server=${HANDBOOK_SERVER%/}

# The partner edition, and nothing else whatever lies beside it. Files that two releases share are sent once (-H).
copy() {
    rsync -aH --chmod=D755,F644 -e "${HANDBOOK_SSH:-ssh}" "$@"
}

case "${1:-}" in
fetch)
    mkdir -p site
    copy --delete --include=/releases/ --include='/releases/partner-*/***' --include=/partner --include=/partner.before \
        --exclude='*' "$server/" site/
    ;;
send)
    if [ ! -L site/partner ]; then
        echo "There is no partner edition to send. Build it first: handbook build partner" >&2
        exit 1
    fi
    # First the releases, which nobody sees yet; then the links, each put in its place in one step;
    # only then goes what is too old.
    copy --include='/partner-*/***' --exclude='*' site/releases/ "$server/releases/"
    if [ -L site/partner.before ]; then
        copy site/partner.before "$server/"
    fi
    copy site/partner "$server/"
    copy --delete --include='/partner-*/***' --exclude='*' site/releases/ "$server/releases/"
    echo "The server has $(readlink site/partner)."
    ;;
*)
    echo "Say fetch or send, as in deploy/publish.sh send" >&2
    exit 1
    ;;
esac
