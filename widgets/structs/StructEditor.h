#pragma once

#include "structs/StructDefinition.h"

#include <QByteArray>
#include <QWidget>

#include <memory>

class QLabel;
class QPushButton;
class QTimer;

namespace sockeye {

class DecodedView;
class FormatSet;
class StructEdit;
class WrappedLabel;

/// Where a struct is described (docs/structs.md): its text, what is wrong with it, and beside it an example message as
/// it is decoded by what is written. What was understood last stays in sight while the text has a fault.
class StructEditor final : public QWidget
{
    Q_OBJECT

public:
    explicit StructEditor(QWidget *parent = nullptr);
    ~StructEditor() override;

    [[nodiscard]] QString text() const;
    /// Is understood at once; nothing is emitted.
    void setText(const QString &text);
    /// What “as FORMAT” may name; at first the formats that there are anyway. Kept as long as what was understood by
    /// it.
    void setFormats(const std::shared_ptr<const FormatSet> &formats);
    /// The message that is decoded beside the text; empty for none.
    void setExample(const QByteArray &payload);
    /// Whether the text is understood: one that is empty is not.
    [[nodiscard]] bool isValid();
    /// What the text describes; null while it has a fault.
    [[nodiscard]] std::shared_ptr<const StructDefinition> definition();
    /// What is wrong with the text, for a person; empty if nothing is.
    [[nodiscard]] QString faultText();

Q_SIGNALS:
    /// Some time after the last key.
    void changed(const QString &text, bool isValid);

private:
    [[nodiscard]] QWidget *makeTextSide();
    [[nodiscard]] QWidget *makeMessageSide();
    void fillExamples();
    void parse();
    void parsePending();
    void tell();
    void decode();

    StructEdit *m_edit;
    QPushButton *m_examples;
    WrappedLabel *m_line;
    QLabel *m_heading;
    DecodedView *m_view;
    WrappedLabel *m_problem;
    /// Runs while the user types.
    QTimer *m_pause;
    QByteArray m_example;
    /// The text that whoever listens knows.
    QString m_told;
    /// What was understood last, whether or not the text has a fault now.
    std::shared_ptr<const StructDefinition> m_definition;
    /// Of which formats in there are.
    std::shared_ptr<const FormatSet> m_definitionFormats;
    std::shared_ptr<const FormatSet> m_formats;
    std::optional<StructFault> m_fault;
    QString m_refused;
};

} // namespace sockeye
