/**
 * 第二の検証器 — EU DSS judges a sealed PDF once more, in a process of its own.
 *
 * <p>It shares no code and no Bouncy Castle with the sealing engine, so that one mistake cannot
 * make both agree. It reads and writes lines of JSON; see {@link jp.musubi.dss.DssWorker}.
 */
@NullMarked
package jp.musubi.dss;

import org.jspecify.annotations.NullMarked;
