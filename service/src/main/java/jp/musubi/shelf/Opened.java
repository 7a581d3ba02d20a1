package jp.musubi.shelf;

import java.util.UUID;
import jp.musubi.seal.Sha256;

/**
 * 開いた控え. A session in which link and app were shown.
 *
 * @param address whose shelf
 * @param reach how much of it
 */
record Opened(UUID session, UUID holder, Sha256 address, Reach reach) {}
