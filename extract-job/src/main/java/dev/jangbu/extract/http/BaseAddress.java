package dev.jangbu.extract.http;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where a platform is asked: https, and not this machine. The profile {@code sandbox} allows this machine as well, and
 * the container beside it that is called {@code sandbox}, also without TLS; nothing else without TLS, as tokens travel
 * there.
 */
public final class BaseAddress {
    /** The setting of the profile. */
    public static final String PROFILE = "JANGBU_PROFILE";

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "sandbox");

    private final HttpUrl url;
    private final boolean isThisMachine;

    private BaseAddress(HttpUrl url, boolean isThisMachine) {
        this.url = url;
        this.isThisMachine = isThisMachine;
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when nobody may be asked there */
    public static BaseAddress of(String address, Map<String, String> environment) {
        boolean isSandbox = environment.getOrDefault(PROFILE, "").equals("sandbox");
        URI uri = parsed(address);
        @Nullable String host = uri == null ? null : uri.getHost();
        @Nullable HttpUrl url = HttpUrl.parse(address);
        if (url == null || uri == null || host == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
            throw refused(address, "https://host/path, without user and query");
        }
        boolean isThisMachine = THIS_MACHINE.contains(host.toLowerCase(Locale.ROOT)) || host.startsWith("127.");
        if (isThisMachine && !isSandbox) {
            throw refused(address, "another machine; this one only with " + PROFILE + "=sandbox");
        }
        if (!url.isHttps() && !isThisMachine) {
            throw refused(address, "https");
        }
        return new BaseAddress(url, isThisMachine);
    }

    /** Whether it is a sandbox's. */
    public boolean isThisMachine() {
        return isThisMachine;
    }

    /** The address of a call. */
    HttpUrl of(ApiRequest request) {
        HttpUrl.Builder builder = url.newBuilder();
        if (!request.path().isEmpty()) {
            builder.addPathSegments(request.path());
        }
        request.query().forEach(parameter -> builder.addQueryParameter(parameter.name(), parameter.value()));
        return builder.build();
    }

    @Override
    public String toString() {
        return url.toString();
    }

    private static @Nullable URI parsed(String address) {
        try {
            return URI.create(address);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    private static JobFailure refused(String address, String expected) {
        return new JobFailure(ExitCode.USAGE, "base URL: " + address + " (expected: " + expected + ")");
    }
}
