package dev.jangbu.extract.account;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shop's account on a platform.
 *
 * @param id also the slice of its runs, such as {@code cafe24-hlogdemo}
 * @param tenant the shop it belongs to
 * @param externalId the platform's name of it: mall, client id, log-in or property
 * @param baseUrl where the platform is asked; null for its own address
 * @param attention why its owner must act; null while it is active
 * @param shops the numbers of a mall's shops that are read, in order; the first only on other platforms
 */
public record Account(
        String id,
        String tenant,
        Channel channel,
        String externalId,
        @Nullable String baseUrl,
        @Nullable Attention attention,
        List<Integer> shops) {
    /** The shop that every mall has. */
    public static final List<Integer> FIRST_SHOP = List.of(1);

    public Account {
        shops = shops.stream().sorted().toList();
    }

    /** Of one shop. */
    public Account(
            String id,
            String tenant,
            Channel channel,
            String externalId,
            @Nullable String baseUrl,
            @Nullable Attention attention) {
        this(id, tenant, channel, externalId, baseUrl, attention, FIRST_SHOP);
    }
}
