package dev.jangbu.extract.account;

import org.jspecify.annotations.Nullable;

/**
 * A shop's account on a platform.
 *
 * @param id also the slice of its runs, such as {@code cafe24-hlogdemo}
 * @param tenant the shop it belongs to
 * @param externalId the platform's name of it: mall, client id, log-in or property
 * @param baseUrl where the platform is asked; null for its own address
 * @param attention why its owner must act; null while it is active
 */
public record Account(
        String id,
        String tenant,
        Channel channel,
        String externalId,
        @Nullable String baseUrl,
        @Nullable Attention attention) {}
