package dev.jangbu.sandbox.cafe24;

/** An access token and the refresh token it came with. */
record Tokens(String access, Grant accessGrant, String refresh, Grant refreshGrant) {}
