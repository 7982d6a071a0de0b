# cmake -DCOMPILER=… -DINCLUDE=… -DSNIPPET=… -P check.cmake
# The snippet's first line is a comment: what the compiler must say when it refuses the snippet. With CONTROL defined the
# same snippet must compile, so that it is not refused for another reason.
cmake_minimum_required(VERSION 3.25)
file(READ ${SNIPPET} text)
string(REGEX MATCH "^// ([^\n]*)" first "${text}")
set(expected "${CMAKE_MATCH_1}")

function(compile RESULT OUTPUT)
  execute_process(COMMAND ${COMPILER} -std=c++20 -fsyntax-only -Wall -Wextra -Werror -fdiagnostics-color=never
    -I${INCLUDE} ${ARGN} ${SNIPPET} RESULT_VARIABLE result ERROR_VARIABLE output OUTPUT_QUIET)
  set(${RESULT} "${result}" PARENT_SCOPE)
  set(${OUTPUT} "${output}" PARENT_SCOPE)
endfunction()

compile(control said -DCONTROL)
if(NOT control EQUAL 0)
  message(FATAL_ERROR "the control does not compile:\n${said}")
endif()
compile(refused said)
if(refused EQUAL 0)
  message(FATAL_ERROR "it compiles, and must not: ${expected}")
endif()
string(FIND "${said}" "${expected}" found)
if(found EQUAL -1)
  message(FATAL_ERROR "it is refused, but not with \"${expected}\":\n${said}")
endif()
string(FIND "${said}" "${SNIPPET}:" placed)
if(placed EQUAL -1)
  message(FATAL_ERROR "the author's line is not named:\n${said}")
endif()
