/** 契約の画面 — what staff see and press: making, sending, following and signing contracts. */
@NullMarked
package jp.musubi.contract.web;

import org.jspecify.annotations.NullMarked;
