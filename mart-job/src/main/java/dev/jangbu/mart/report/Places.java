package dev.jangbu.mart.report;

/**
 * Where to look further, as paths.
 *
 * @param rejects folder of the refused and the flagged records; empty where there are none
 * @param qualityReport empty where there is none
 */
public record Places(String rejects, String qualityReport, String runReport) {}
