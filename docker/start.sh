#!/bin/sh
# Has n8n load the package that lies beside this script, and then runs the command given.
#
# n8n takes community packages from ~/.n8n/nodes alone. That is in a volume as a rule, which hides what an image has put
# there, and outlives the image: so a link is laid at each start. N8N_CUSTOM_EXTENSIONS would be no way: the nodes in
# there are of another type (CUSTOM.…), which the workflows of any other n8n do not name.
set -eu
package="$(cd "$(dirname "$0")" && pwd)/package"
modules="${N8N_USER_FOLDER:-$HOME}/.n8n/nodes/node_modules"
link="$modules/n8n-nodes-cometapi-runway"

mkdir -p "$modules"
# What n8n has installed by name gives way: which version runs is the image's affair.
[ -L "$link" ] || rm -rf "$link"
# A container that shares the volume may lay the same link at the same moment: then it is there.
ln -sfn "$package" "$link" || [ -L "$link" ]
exec "$@"
