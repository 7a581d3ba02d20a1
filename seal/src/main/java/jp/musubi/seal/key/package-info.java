/** 鍵の保管 — where the sealing key lies: a file, or a hardware module by PKCS#11. */
@NullMarked
package jp.musubi.seal.key;

import org.jspecify.annotations.NullMarked;
