package jp.musubi.staff;

import org.springframework.security.core.AuthenticationException;

/** The body lets nobody sign in from there; said before any password is looked at. */
final class PlaceNotAllowed extends AuthenticationException {
  PlaceNotAllowed() {
    super("the body lets nobody sign in from this address");
  }
}
