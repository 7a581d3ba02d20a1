/** 画面の枠 — the frame of every page: header and navigation, form parts, problems, headers. */
@NullMarked
package jp.musubi.platform.web;

import org.jspecify.annotations.NullMarked;
