/** 団体のID — signing in by the body's own identity provider, and proving oneself there again. */
@NullMarked
package jp.musubi.staff.sso;

import org.jspecify.annotations.NullMarked;
