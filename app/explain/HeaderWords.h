#pragma once

#include "wire/HttpHead.h"

#include <QString>

namespace sockeye {

/// What a line of a head means: its sentence, its source, and what is wrong with it (empty if nothing is).
struct HeaderMeaning
{
    QString text;
    QString section;
    QString problem;
};

/// The head that a line stands in, and the request that was answered.
struct HeadContext
{
    bool isReply = false;
    /// Of a request, itself.
    HttpHead request;
};

[[nodiscard]] HeaderMeaning startLineMeaning(const HttpHead &head, const HeadContext &context);
/// The value unfolded and trimmed.
[[nodiscard]] HeaderMeaning headerMeaning(QByteArrayView name, const QByteArray &value, const HeadContext &context);
/// Where it stands that the header must not stand twice in such a head; empty for one that may.
[[nodiscard]] QString singleHeaderSection(QByteArrayView name, bool isReply);

/// What a status says to a WebSocket client.
[[nodiscard]] HeaderMeaning statusMeaning(int status);
/// Each extension of a Sec-WebSocket-Extensions value and each of its parameters, in words.
[[nodiscard]] QString extensionsMeaning(const QList<QByteArray> &extensions, bool isReply);

} // namespace sockeye
