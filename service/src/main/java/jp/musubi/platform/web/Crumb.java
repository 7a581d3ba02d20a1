package jp.musubi.platform.web;

/**
 * パンくず — one step of the way to a page; the last is the page itself.
 *
 * @param label what a person reads
 * @param path where it leads, from the service's root
 */
public record Crumb(String label, String path) {}
