package dev.jangbu.sandbox.journal;

import java.util.Map;

/**
 * How one account was used since the reset.
 *
 * @param callsWhileBlocked made while it was shut out: a good client makes none
 * @param maxCallsPerSecond in any second of the virtual clock; counted to 1,000
 * @param maxCallsPerSecondOfEndpoint the same of one method and path
 */
public record AccountStats(
        String channel,
        String account,
        long calls,
        long tokenCalls,
        long throttled,
        long callsWhileBlocked,
        int maxCallsPerSecond,
        int maxCallsPerSecondOfEndpoint,
        Map<Integer, Long> statuses) {}
