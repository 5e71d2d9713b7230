#!/usr/bin/env bash
# Serves a published site with nginx and Apache by the files of templates/hosting, and asks for every
# kind of file. Usage: check.sh PUBLIC
set -euo pipefail
site=$(realpath "$1")
here=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
nginx_pid="" apache_pid=""
stop() { for pid in $nginx_pid $apache_pid; do kill "$pid" 2> /dev/null || true; done; rm -rf "$work"; }
trap stop EXIT
chmod 755 "$work"

head_of() { curl -sS -o /dev/null -D - "$1" | tr -d '\r'; }
expect() { # URL, status, and words that its headers must hold
    local url=$1 status=$2 head; shift 2
    head=$(head_of "$url")
    grep -q "^HTTP/1.1 $status" <<< "$head" || { echo "$url: not $status: $head"; exit 1; }
    for words in "$@"; do
        grep -qi -- "$words" <<< "$head" || { echo "$url: no '$words' in: $head"; exit 1; }
    done
}
first() { (cd "$site" && find . -path "$1" -type f | sed 's|^\./||' | sort | head -n 1); }

check() {
    local base=$1 strict=("frame-ancestors 'none'" "nosniff")
    local style script calendar table evidence search
    style=$(first './assets/*.css') script=$(first './assets/*.js') calendar=$(first '*.ics')
    table=$(first './data/*.csv') evidence=$(first './evidence/files/*') search=$(first './search/*')
    expect "$base/" 200 "text/html; *charset=utf-8" "no-cache" "${strict[@]}"
    expect "$base/search.html" 200 "text/html; *charset=utf-8" "${strict[@]}"
    expect "$base/$style" 200 "text/css" "max-age=604800" "${strict[@]}"
    expect "$base/$script" 200 "javascript" "max-age=604800" "${strict[@]}"
    expect "$base/$search" 200 "max-age=604800" "${strict[@]}"
    expect "$base/$calendar" 200 "text/calendar" "${strict[@]}"
    expect "$base/$table" 200 "text/csv" "${strict[@]}"
    expect "$base/data/status.json" 200 "application/json" "${strict[@]}"
    expect "$base/manifest.sha256" 200 "text/plain" "${strict[@]}"
    expect "$base/verify.py" 200 "text/plain" "${strict[@]}"
    expect "$base/evidence-manifest.json" 200 "application/json" "${strict[@]}"
    [ -z "$evidence" ] || expect "$base/$evidence" 200 "Content-Disposition: attachment" "sandbox" nosniff
    expect "$base/nothing.html" 404 "text/html" "${strict[@]}"
    curl -sS "$base/nothing.html" | cmp -s - "$site/404.html" || { echo "$base: not our 404"; exit 1; }
    expect "$base/.clausebook-output" 404
}

mkdir "$work/log"
{
    echo "pid $work/nginx.pid; error_log $work/log/nginx.log; daemon off; events {} http {"
    echo "access_log off; client_body_temp_path $work/a; proxy_temp_path $work/b; fastcgi_temp_path $work/c;"
    echo "uwsgi_temp_path $work/d; scgi_temp_path $work/e;"
    sed -e "s|listen 80;|listen 127.0.0.1:8931;|" -e "s|/srv/clausebook/public|$site|" "$here/templates/hosting/nginx.conf"
    echo "}"
} > "$work/nginx.conf"
nginx -c "$work/nginx.conf" & nginx_pid=$!

{
    echo "ServerName localhost"
    echo "PidFile $work/apache.pid"
    echo "ErrorLog $work/log/apache.log"
    echo "Listen 127.0.0.1:8932"
    for module in mpm_event authz_core mime dir headers alias; do
        echo "LoadModule ${module}_module /usr/lib/apache2/modules/mod_$module.so"
    done
    echo "TypesConfig /etc/mime.types"
    sed -e "s|\*:80|127.0.0.1:8932|" -e "s|/srv/clausebook/public|$site|" "$here/templates/hosting/apache.conf"
} > "$work/apache.conf"
apache2 -DFOREGROUND -f "$work/apache.conf" & apache_pid=$!

for port in 8931 8932; do
    for _ in $(seq 50); do curl -s -o /dev/null "http://127.0.0.1:$port/" && break; sleep 0.1; done
    check "http://127.0.0.1:$port"
    echo "port $port: every kind of file is served right"
done
