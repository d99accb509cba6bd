#pragma once

#include "base/Job.h"
#include "document/EntryDetails.h"
#include "formats/MessageDecoder.h"
#include "reading/CaptureJob.h"
#include "widgets/payload/PayloadText.h"

#include <QPointer>
#include <QTimer>

#include <memory>
#include <optional>

namespace sockeye {

class CaptureLoader;

/// The ways in which a message is shown.
struct PreparedPayload
{
    /// Empty for a binary message.
    PreparedText plain;
    /// JSON, a line for each member; none if there is no JSON in the text, none yet, or too much of it.
    std::optional<PreparedText> formatted;
    /// What it says; none if no format fits, and for a part.
    std::optional<DecodedMessage> decoded;
    /// The text is one JSON value and nothing else.
    bool isJson = false;

    [[nodiscard]] static PreparedPayload from(const DecodeInput &input, bool isWhole, const FormatSet &formats,
                                              const GoOn &goOn = {});
    /// Without `formatted` if that takes longer than a frame; nothing if decoding does.
    [[nodiscard]] static std::optional<PreparedPayload> atOnce(const DecodeInput &input, bool isWhole,
                                                               const FormatSet &formats);
};

/// Makes messages ready to be shown: short ones at once, others in the background, and of one that was cut and may be
/// decoded the whole of it up to MaxDecoded, which it reads once its part has been shown for a moment. Where too many
/// messages decide about the one shown, they are followed in the background, and it is decoded again. The latest wins.
class PayloadPreparer final : public QObject
{
    Q_OBJECT

public:
    /// Larger messages are not decoded.
    static constexpr qint64 MaxDecoded = 16 * 1024 * 1024;

    explicit PayloadPreparer(QObject *parent = nullptr);
    ~PayloadPreparer() override;

    /// The loader is where the rest of a message that was cut is read; null for nowhere.
    void prepare(const EntryDetails &details, CaptureLoader *loader,
                 const std::shared_ptr<const FormatSet> &formats = FormatSet::standard());
    void cancel();

Q_SIGNALS:
    /// Emitted at once for a short text. Of a text that was cut the part that was read comes first, as it is, and once
    /// more when the whole of it has been formatted.
    void prepared(const sockeye::EntryDetails &details, const sockeye::PreparedPayload &payload);
    /// How much of the whole text has been formatted, in percent; 100 when there is no more to wait for.
    void progressed(int percent);

private:
    void readWhole();
    void format(const EntryDetails &details, const QByteArray &payload);
    void followConversation(const EntryDetails &details);
    void takeFirst(const EntryDetails &details, const PreparedPayload &payload);

    QPointer<CaptureLoader> m_loader;
    /// Whose whole text is to be read next, and whether another one is on its way.
    std::optional<EntryDetails> m_wanted;
    bool m_isReading = false;
    std::shared_ptr<const FormatSet> m_formats;
    PreparedText m_plain;
    /// While the log follows a fast feed, no text stays long enough to be worth it.
    QTimer m_pause;
    quint64 m_generation = 0;
    JobRunner m_job;
    /// Follows the messages before the one shown; of the loader's capture.
    std::unique_ptr<CaptureJob> m_conversation;
};

} // namespace sockeye
