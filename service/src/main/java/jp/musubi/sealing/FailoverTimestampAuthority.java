package jp.musubi.sealing;

import java.util.List;
import jp.musubi.seal.TimestampAuthority;
import jp.musubi.seal.TimestampToken;
import jp.musubi.seal.TimestampUnavailable;

/** Asks one authority after the other until one gives a token. */
record FailoverTimestampAuthority(List<TimestampAuthority> authorities)
    implements TimestampAuthority {

  @Override
  public TimestampToken timestamp(byte[] imprint) {
    var refusals = new java.util.ArrayList<TimestampUnavailable>();
    for (var authority : authorities) {
      try {
        return authority.timestamp(imprint);
      } catch (TimestampUnavailable e) {
        refusals.add(e);
      }
    }
    var last = refusals.removeLast();
    refusals.forEach(last::addSuppressed);
    throw last;
  }
}
