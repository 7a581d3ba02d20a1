package jp.musubi.contract;

/**
 * 転送先. Somebody of the same counterparty who is to decide.
 *
 * @param title 代表取締役; may be empty
 */
public record Delegate(String title, String name, String mail) {}
