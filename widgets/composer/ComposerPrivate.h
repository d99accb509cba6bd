#pragma once

#include "widgets/composer/Composer.h"

#include <QList>
#include <QTimer>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace sockeye {

class FilePayload;
class JsonHighlighter;
class MessageEdit;
class RawFramePage;
class SegmentedControl;
class SendOptions;

class Composer::Private final : public QObject
{
public:
    struct Draft
    {
        PayloadType type = PayloadType::Text;
        QString text;
        friend bool operator==(const Draft &, const Draft &) = default;
    };

    explicit Private(Composer *composer);

    void build();
    [[nodiscard]] QWidget *buildStrip(QWidget *parent);
    void buildEditor();
    void changeType(PayloadType type);
    void convert(PayloadType from, PayloadType to);
    void judge();
    void judgeSoon();
    void judgeFile();
    void judgeRaw();
    void send();
    void sendFile(const Outgoing &file);
    void sendAsAsked(bool asText, const QByteArray &bytes);
    void showOptions(bool shown);
    void showPage(QWidget *page);
    [[nodiscard]] bool asText() const { return m_type == PayloadType::Text || m_type == PayloadType::Json; }
    void showInfo(const QString &text, bool isWarning = false);
    void showProblem(const QString &message);
    void updateSend();
    void recall(int step);
    void remember();

    Composer *q;
    SegmentedControl *m_types = nullptr;
    QLabel *m_info = nullptr;
    QPushButton *m_send = nullptr;
    QStackedWidget *m_pages = nullptr;
    MessageEdit *m_edit = nullptr;
    JsonHighlighter *m_highlighter = nullptr;
    FilePayload *m_file = nullptr;
    RawFramePage *m_raw = nullptr;
    QPushButton *m_showOptions = nullptr;
    SendOptions *m_options = nullptr;
    QLabel *m_problem = nullptr;
    QTimer m_pause;
    PayloadType m_type = PayloadType::Text;
    /// The form of what stands in the editor, also while another page is shown.
    PayloadType m_written = PayloadType::Text;
    QList<Draft> m_history;
    /// Where in the history the editor is; its size for the draft below the newest.
    qsizetype m_place = 0;
    Draft m_draft;
    bool m_valid = true;
    bool m_canSend = false;
    QString m_whyNot;
};

} // namespace sockeye
