// Swift cannot call curl_easy_setopt, which takes any number of arguments of any type: one function for each type.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

// Swift cannot see macros that hold a cast.
static const long tandem_curl_basic = (long)CURLAUTH_BASIC;
static const long tandem_curl_bearer = (long)CURLAUTH_BEARER;

static inline CURLcode tandem_curl_text(CURL *handle, CURLoption option, const char *text) {
  return curl_easy_setopt(handle, option, text);
}

static inline CURLcode tandem_curl_number(CURL *handle, CURLoption option, long number) {
  return curl_easy_setopt(handle, option, number);
}

static inline CURLcode tandem_curl_size(CURL *handle, CURLoption option, curl_off_t size) {
  return curl_easy_setopt(handle, option, size);
}

static inline CURLcode tandem_curl_pointer(CURL *handle, CURLoption option, void *pointer) {
  return curl_easy_setopt(handle, option, pointer);
}

typedef size_t (*tandem_curl_bytes)(char *bytes, size_t size, size_t count, void *context);
static inline CURLcode tandem_curl_callback(CURL *handle, CURLoption option, tandem_curl_bytes function) {
  return curl_easy_setopt(handle, option, function);
}

typedef int (*tandem_curl_trace)(CURL *handle, curl_infotype kind, char *bytes, size_t count, void *context);
static inline CURLcode tandem_curl_debug(CURL *handle, tandem_curl_trace function) {
  return curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, function);
}

typedef int (*tandem_curl_progress)(
  void *context, curl_off_t total, curl_off_t received, curl_off_t upload, curl_off_t sent);
static inline CURLcode tandem_curl_watch(CURL *handle, tandem_curl_progress function) {
  return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, function);
}

// Bytes of the body as they came, before a content encoding is undone.
static inline CURLcode tandem_curl_received(CURL *handle, curl_off_t *count) {
  return curl_easy_getinfo(handle, CURLINFO_SIZE_DOWNLOAD_T, count);
}

static inline CURLcode tandem_curl_socket(CURL *handle, curl_socket_t *socket) {
  return curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, socket);
}

static inline CURLcode tandem_curl_status(CURL *handle, long *status) {
  return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, status);
}
