/** 職員と組織の画面 — the pages about sections, offices, posts and the people who hold them. */
@NullMarked
package jp.musubi.staff.web;

import org.jspecify.annotations.NullMarked;
