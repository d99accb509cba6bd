#pragma once

#include "record/Entry.h"
#include "secrets/SecretMasker.h"

namespace sockeye {

/// A close's body with the secrets in its reason masked; any other bytes as they are.
[[nodiscard]] QByteArray maskedCloseBody(SecretMasker &masker, const QByteArray &body);
/// previewText() without the secrets in what an event says and in a close's reason. The payloads of messages are as
/// they are.
[[nodiscard]] QString maskedPreview(const Entry &entry, int maxChars = 160);

/// Masks payloads that come in parts, whole or larger than should be in memory at once. Of a payload in more parts than
/// one that is no JSON, each line is masked by itself. One mask for one payload.
class PayloadMask final
{
public:
    explicit PayloadMask(std::shared_ptr<const SecretNames> names = SecretNames::current());
    ~PayloadMask();
    PayloadMask(const PayloadMask &) = delete;
    PayloadMask &operator=(const PayloadMask &) = delete;

    /// What of the payload is ready once these bytes are read too.
    [[nodiscard]] QByteArray feed(const QByteArray &bytes, bool isLast);
    /// Values masked so far.
    [[nodiscard]] qint64 count() const;

private:
    [[nodiscard]] QByteArray fedText(const QByteArray &bytes, bool isLast);

    SecretMasker m_masker;
    std::unique_ptr<class JsonMasker> m_json;
    QByteArray m_held;
    bool m_hasBegun = false;
};

} // namespace sockeye
