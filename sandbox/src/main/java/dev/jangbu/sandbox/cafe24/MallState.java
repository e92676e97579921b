package dev.jangbu.sandbox.cafe24;

import dev.jangbu.sandbox.account.Mall;
import dev.jangbu.sandbox.shop.Draw;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a mall remembers: codes, tokens (the last {@value #ACCESS_LIMIT} access tokens, one refresh token), bucket and
 * quota. Thread-safe.
 */
final class MallState {
    private static final int ACCESS_LIMIT = 200;

    private final Mall mall;
    private final long seed;
    private final Map<String, Consent> codes = new LinkedHashMap<>();
    private final Map<String, Grant> access = new LinkedHashMap<>();
    private final Map<String, Grant> refresh = new HashMap<>();
    private final LeakyBucket bucket = new LeakyBucket();
    private final Quota quota;
    private boolean isRemoved;
    private long issued;

    MallState(Mall mall, long seed) {
        this.mall = mall;
        this.seed = seed;
        quota = new Quota(mall.quotaCalls());
    }

    Mall mall() {
        return mall;
    }

    /** The operator lets the app in; the code for it. */
    synchronized String consent(Consent consent) {
        codes.values().removeIf(old -> !old.isAlive(consent.at()));
        String code = text("sbxC");
        codes.put(code, consent);
        isRemoved = false;
        return code;
    }

    synchronized Optional<Consent> redeem(String code) {
        return Optional.ofNullable(codes.remove(code));
    }

    synchronized Tokens issue(List<String> scopes, Instant now) {
        Grant accessGrant = new Grant(scopes, now.plus(Grant.ACCESS));
        Grant refreshGrant = new Grant(scopes, now.plus(Grant.REFRESH));
        Tokens tokens = new Tokens(text("sbxA"), accessGrant, text("sbxR"), refreshGrant);
        if (access.size() >= ACCESS_LIMIT) {
            access.remove(access.keySet().iterator().next());
        }
        access.put(tokens.access(), accessGrant);
        refresh.clear();
        refresh.put(tokens.refresh(), refreshGrant);
        return tokens;
    }

    /** Empty for a token that is used, ended or unknown; of two at once one gets it. */
    synchronized Optional<Tokens> renew(String refreshToken, Instant now) {
        Grant grant = refresh.get(refreshToken);
        if (grant == null || !grant.isAlive(now) || isRemoved) {
            return Optional.empty();
        }
        return Optional.of(issue(grant.scopes(), now));
    }

    synchronized void revoke(String token) {
        if (access.remove(token) != null || refresh.remove(token) != null) {
            access.clear();
            refresh.clear();
        }
    }

    synchronized Optional<Grant> grant(String token) {
        return Optional.ofNullable(access.get(token));
    }

    synchronized boolean isRemoved() {
        return isRemoved;
    }

    /** The operator takes the app out. */
    synchronized void remove() {
        isRemoved = true;
    }

    /** All access tokens end now. */
    synchronized void expire(Instant now) {
        access.replaceAll((token, grant) -> new Grant(grant.scopes(), now));
    }

    /** All tokens may do less from now on; nothing at all for an empty scope. */
    synchronized void narrow(String scope) {
        access.replaceAll((token, grant) -> narrowed(grant, scope));
        refresh.replaceAll((token, grant) -> narrowed(grant, scope));
    }

    synchronized boolean isInQuota(Instant now) {
        return quota.admits(now);
    }

    synchronized boolean isInBucket(Instant now) {
        return bucket.admits(now);
    }

    synchronized void addRows(int rows) {
        quota.addRows(rows);
    }

    synchronized Map<String, String> headers(Instant now) {
        Map<String, String> headers = new LinkedHashMap<>(quota.headers(now));
        headers.put("X-Api-Call-Limit", bucket.header());
        return headers;
    }

    private static Grant narrowed(Grant grant, String scope) {
        List<String> left = grant.scopes().stream()
                .filter(held -> !scope.isEmpty() && !held.equals(scope))
                .toList();
        return new Grant(left, grant.expiresAt());
    }

    private String text(String prefix) {
        issued++;
        return prefix
                + "%016x"
                        .formatted(Draw.of(seed, "token", mall.mallId(), issued).next());
    }
}
