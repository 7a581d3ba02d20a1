/** 契約相手方の画面 — the pages about suppliers, for staff and for those who apply. */
@NullMarked
package jp.musubi.counterparty.web;

import org.jspecify.annotations.NullMarked;
