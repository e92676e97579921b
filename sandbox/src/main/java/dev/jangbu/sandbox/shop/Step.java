package dev.jangbu.sandbox.shop;

import java.time.Instant;

/** A line enters a state. */
public record Step(Instant at, LineState state) {}
