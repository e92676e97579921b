package dev.jangbu.sandbox.account;

import dev.jangbu.sandbox.shop.Channel;
import dev.jangbu.sandbox.shop.ShopSettings;
import java.util.Set;

/**
 * A shop that opens accounts on these channels.
 *
 * @param mallShops how many shops its Cafe24 mall has, numbered from 1
 * @param project whose service account reads its GA4 property
 */
public record AccountRequest(
        ShopSettings shop,
        Set<Channel> channels,
        int quotaCalls,
        boolean isClamping,
        int mallShops,
        String layout,
        boolean hasCaptcha,
        String project,
        boolean isThresholded) {
    public AccountRequest {
        channels = Set.copyOf(channels);
        if (quotaCalls < 1) {
            throw new IllegalArgumentException("quota_calls: " + quotaCalls + " (expected: >= 1)");
        }
        if (mallShops < 1 || mallShops > 10) {
            throw new IllegalArgumentException("cafe24_shops: " + mallShops + " (expected: 1..10)");
        }
        if (!layout.matches("v1|v2|v3|broken")) {
            throw new IllegalArgumentException("ably_layout: " + layout + " (expected: v1, v2, v3, broken)");
        }
        if (!project.matches("[a-z0-9-]{3,30}")) {
            throw new IllegalArgumentException("project: " + project + " (expected: 3 to 30 of a-z, 0-9 and -)");
        }
    }

    /** On all channels, with the platforms' own limits. */
    public static AccountRequest of(ShopSettings shop) {
        return new AccountRequest(shop, Set.of(Channel.values()), 3_000, false, 1, "v1", false, "default", false);
    }
}
