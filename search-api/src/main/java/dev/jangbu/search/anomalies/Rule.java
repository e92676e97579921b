package dev.jangbu.search.anomalies;

/** A rule by its name, and as people call it. */
public record Rule(String rule, String nameKo) {}
