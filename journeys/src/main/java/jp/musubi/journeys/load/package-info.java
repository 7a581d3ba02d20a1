/** 負荷: many people at once against the packaged service, over HTTP and mail as they come. */
@org.jspecify.annotations.NullMarked
package jp.musubi.journeys.load;
