# shellcheck shell=bash disable=SC2154
# A CA, a server certificate for localhost and its addresses, and the CA of a stranger that has signed nothing.
make_certificates() (
  [[ ! -e $certificates/complete ]] || exit 0
  command -v openssl >/dev/null || fail "openssl is missing: ci/packages.sh install test"
  local key=(openssl ecparam -name prime256v1 -genkey -noout -out)
  local ca=(openssl req -x509 -new -days 3650 -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign")
  mkdir -p "$certificates"
  cd "$certificates" || exit
  "${key[@]}" ca.key && "${ca[@]}" -key ca.key -subj "/CN=dbctl test CA" -out ca.crt
  "${key[@]}" other-ca.key && "${ca[@]}" -key other-ca.key -subj "/CN=dbctl test stranger" -out other-ca.crt
  cat >server.cnf <<X
subjectAltName = DNS:localhost, IP:127.0.0.1, IP:::1
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
authorityKeyIdentifier = keyid
X
  "${key[@]}" server.key && openssl req -new -key server.key -subj /CN=localhost -out server.csr
  openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 -extfile server.cnf -out server.crt 2>/dev/null
  chmod 600 ./*.key && chmod 644 ./*.crt
  hand_over server.key
  touch complete
)
