package dev.jangbu.extract.account;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A platform; the names are those of {@code ops.channel}. */
public enum Channel {
    CAFE24("[a-z0-9-]{3,50}"),
    NAVER("[A-Za-z0-9_-]{2,50}"),
    ABLY("[A-Za-z0-9_-]{2,50}"),
    GA4("[0-9]{1,20}"),
    /** Files of a shop that is on no platform. */
    FILE("[a-z0-9][a-z0-9-]{1,50}"),
    /** A database of card sales. */
    MYSQL("[a-z0-9][a-z0-9-]{1,50}");

    private final String externalId;

    Channel(String externalId) {
        this.externalId = externalId;
    }

    /** What an account of it has, in the order in which it is best extracted. */
    public List<String> datasets() {
        return switch (this) {
            case CAFE24 -> List.of("products", "coupons", "orders", "refunds");
            case NAVER -> List.of("products", "orders");
            case ABLY -> List.of("orders");
            case FILE -> List.of("orders", "card-sales");
            case GA4 -> List.of("web-traffic");
            case MYSQL -> List.of("card-sales");
        };
    }

    /** The name on the command line: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names of what an account logs in with. */
    public Set<String> secrets() {
        return switch (this) {
            case CAFE24, NAVER -> Set.of("client_id", "client_secret");
            case ABLY -> Set.of("email", "password");
            case GA4 -> Set.of("service_account");
            case FILE -> Set.of();
            case MYSQL -> Set.of("password");
        };
    }

    /**
     * A mall's id becomes a host name, so nothing else than a name may be in it.
     *
     * @throws JobFailure with {@link ExitCode#USAGE} when it cannot be one of this platform's
     */
    public void requireExternalId(String id) {
        if (!id.matches(externalId)) {
            throw new JobFailure(ExitCode.USAGE, "--id: " + id + " (expected for " + word() + ": " + externalId + ")");
        }
    }

    /**
     * A database has no address of its own to be asked at.
     *
     * @throws JobFailure with {@link ExitCode#USAGE} when the address is missing or cannot be one of this platform's
     */
    public void requireAddress(@Nullable String baseUrl) {
        if (this == MYSQL) {
            DatabaseAddress.parse(baseUrl);
        }
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when there is none of that name */
    public static Channel named(String word) {
        return Arrays.stream(values())
                .filter(channel -> channel.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new JobFailure(
                        ExitCode.USAGE,
                        "channel: " + word + " (expected: "
                                + Arrays.stream(values()).map(Channel::word).collect(Collectors.joining(", ")) + ")"));
    }
}
