package dev.jangbu.sandbox.journal;

import java.util.List;
import java.util.Set;

/**
 * One call.
 *
 * @param at in Seoul
 * @param atMillis since 1970
 * @param query, form names of parameters, never their values
 * @param status 0 where the connection was closed without one
 * @param isWhileBlocked made while the account was shut out
 * @param faults that struck it
 */
public record Entry(
        long number,
        String at,
        long atMillis,
        String channel,
        String account,
        String method,
        String path,
        Set<String> query,
        Set<String> form,
        int status,
        boolean isTokenCall,
        boolean isWhileBlocked,
        List<String> faults) {}
