# Sourced by the scripts beside it; $root is the checkout.

# Takes the settings of .env that are not set yet. A line is NAME=value; nothing in it is run.
read_env_file() {
    local file=$1 line name value
    [ -f "$file" ] || return 0
    while IFS= read -r line || [ -n "$line" ]; do
        line=${line%$'\r'}
        line=${line#export }
        case $line in
            [A-Za-z_]*=*) ;;
            *) continue ;;
        esac
        name=${line%%=*}
        value=${line#*=}
        case $name in *[!A-Za-z0-9_]*) continue ;; esac
        case $value in
            \"*\") value=${value#\"} value=${value%\"} ;;
            \'*\') value=${value#\'} value=${value%\'} ;;
        esac
        [ -n "${!name+set}" ] || export "$name=$value"
    done <"$file"
}

# Sets java (the program), java_release (17, 25, …) and java_id (a file name's worth of which JVM this is;
# empty where it does not say). Without starting it.
find_java() {
    local home release=
    if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
        java=$JAVA_HOME/bin/java
    elif [ -x /usr/libexec/java_home ] && home=$(/usr/libexec/java_home 2>/dev/null); then
        java=$home/bin/java
    elif ! java=$(command -v java); then
        echo "java: not found (expected: JDK 17 or newer on the PATH or in JAVA_HOME)" >&2
        exit 2
    fi
    home=$(readlink -f "$java" 2>/dev/null || echo "$java")
    home=${home%/bin/java}
    if [ -f "$home/release" ]; then
        release=$(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$home/release")
    fi
    java_release=${release%%[!0-9]*}
    java_id=
    [ -z "$java_release" ] || java_id=java-$release${home//[!A-Za-z0-9]/-}
}
