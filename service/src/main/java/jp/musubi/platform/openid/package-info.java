/**
 * OpenID Connect — authorization code, PKCE, nonce and state with any provider, as Spring Security
 * checks them, and the one way out to it. Who came, and what follows from it, is the features'.
 */
@NullMarked
package jp.musubi.platform.openid;

import org.jspecify.annotations.NullMarked;
