package jp.musubi.contract;

/**
 * 契約相手方 as the sender enters it. Names are kept exactly as entered, variation selectors and all
 * (LAW-24).
 *
 * @param organisation 株式会社 見本建設
 * @param title 代表取締役; may be empty
 * @param mail where the link goes
 * @param accessCode whether a code told by another way than mail is asked for as well (LAW-3)
 */
public record Counterparty(
    String organisation, String title, String name, String mail, boolean accessCode) {}
