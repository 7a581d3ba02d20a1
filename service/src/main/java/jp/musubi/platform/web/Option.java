package jp.musubi.platform.web;

/**
 * 選択肢 — one choice of a field.
 *
 * @param value what the form sends
 * @param text what a person reads
 */
public record Option(String value, String text) {}
